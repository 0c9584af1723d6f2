#compdef gomig
# Completion of gomig for zsh. Load it by
#
#   source <(gomig completion zsh)
#
# in ~/.zshrc behind compinit, or keep it as _gomig in a folder of $fpath.
_gomig() {
	local text about
	local -a found
	while IFS=$'\t' read -r text about; do
		case $text in
		::files) _files; return ;;
		::directories) _files -/; return ;;
		esac
		found+=("${text//:/\\:}${about:+:$about}")
	done < <("${words[1]}" __complete zsh "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)
	_describe -V gomig found
}
if [[ ${funcstack[1]} == _gomig ]]; then
	_gomig "$@"
else
	compdef _gomig gomig
fi
