# Completion of gomig for bash. Load it by
#
#   source <(gomig completion bash)
#
# in ~/.bashrc, or keep it as gomig in the folder completions of bash-completion.
_gomig() {
	local line
	COMPREPLY=()
	while IFS= read -r line; do
		case $line in
		::files) compopt -o default 2>/dev/null ;;
		::directories) compopt -o dirnames 2>/dev/null ;;
		*) COMPREPLY+=("$line") ;;
		esac
	done < <("$1" __complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -o nosort -F _gomig gomig 2>/dev/null || complete -F _gomig gomig
