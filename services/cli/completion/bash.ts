import type {CompletedCommand, CompletedNoun} from './grammar.ts';

/** A script for bash 3 or later; where nothing is known to complete, bash completes files. */
export function bashScript(nouns: readonly CompletedNoun[], commands: readonly CompletedCommand[]): string {
  const withVerbs = nouns.filter(({verbs}) => verbs.length > 0);
  return `# Completes dip in bash. In ~/.bashrc: eval "$(dip completion bash)"
_dip() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]} found=
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${names(nouns)} help' -- "$current"))
    return
  fi
  case $command in
    ${withVerbs.map(({name}) => name).join('|')})
      if ((COMP_CWORD == 2)); then
        case $command in
${withVerbs.map(({name, verbs}) => `          ${name}) found='${names(verbs)}' ;;`).join('\n')}
        esac
        COMPREPLY=($(compgen -W "$found" -- "$current"))
        return
      fi
      command="$command \${COMP_WORDS[2]}"
      ;;
  esac
  case $command in
${commands.map(branch).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$found" -- "$current"))
}
complete -o default -F _dip dip`;
}

function names(items: readonly {readonly name: string}[]): string {
  return items.map(({name}) => name).join(' ');
}

/** What may follow one command: the value of an option, an option, or an operand. */
function branch({name, options, words}: CompletedCommand): string {
  const valued = options.filter(({takesValue}) => takesValue);
  const chosen = valued.filter(({choices}) => choices.length > 0);
  const free = valued.filter(({choices}) => choices.length === 0).flatMap((option) => option.names);
  return `    '${name}')
      case $previous in
${chosen.map((option) => `        ${option.names.join('|')}) found='${option.choices.join(' ')}' ;;\n`).join('')}${free.length === 0 ? '' : `        ${free.join('|')}) return ;;\n`}        *)
          found='${words.join(' ')}'
          [[ $current != -* ]] || found='${options.flatMap((option) => option.names).join(' ')}'
          ;;
      esac
      ;;`;
}
