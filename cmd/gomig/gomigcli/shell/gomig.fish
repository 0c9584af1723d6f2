# Completion of gomig for fish. Load it by
#
#   gomig completion fish | source
#
# in config.fish, or keep it as ~/.config/fish/completions/gomig.fish.
function __gomig_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l found ($words[1] __complete fish $words[2..-1] "$current" 2>/dev/null)
    switch "$found[1]"
        case ::files
            __fish_complete_path "$current"
        case ::directories
            __fish_complete_directories "$current"
        case '*'
            printf '%s\n' $found
    end
end
complete -c gomig -f -k -a '(__gomig_complete)'
