import {quoted} from '../hint.ts';
import type {CompletedCommand, CompletedNoun} from './grammar.ts';

/** A script for zsh, with what each word means; where nothing is known to complete, zsh completes files. */
export function zshScript(nouns: readonly CompletedNoun[], commands: readonly CompletedCommand[]): string {
  const withVerbs = nouns.filter(({verbs}) => verbs.length > 0);
  return `#compdef dip
# Completes dip in zsh. In ~/.zshrc: eval "$(dip completion zsh)"
_dip() {
  local command=$words[2] previous=$words[CURRENT-1]
  local -a found
  if ((CURRENT == 2)); then
    found=(${described(nouns)})
    _describe command found
    return
  fi
  case $command in
    ${withVerbs.map(({name}) => name).join('|')})
      if ((CURRENT == 3)); then
        case $command in
${withVerbs.map(({name, verbs}) => `          ${name}) found=(${described(verbs)}) ;;`).join('\n')}
        esac
        _describe command found
        return
      fi
      command="$command $words[3]"
      ;;
  esac
  case $command in
${commands.map(branch).join('\n')}
  esac
  _files
}
(($+functions[compdef])) || { autoload -Uz compinit && compinit }
compdef _dip dip`;
}

/** As \`_describe\` takes it: what stands before the first colon is completed. */
function described(items: readonly {readonly name: string; readonly summary: string}[]): string {
  return items.map(({name, summary}) => quoted(`${name}:${summary}`)).join(' ');
}

function branch({name, options, words}: CompletedCommand): string {
  const valued = options.filter(({takesValue}) => takesValue);
  const chosen = valued.filter(({choices}) => choices.length > 0);
  const free = valued.filter(({choices}) => choices.length === 0).flatMap((option) => option.names);
  const all = options.flatMap((option) => option.names.map((one) => ({name: one, summary: option.help})));
  const values = chosen.map(
    (option) => `        ${option.names.join('|')}) compadd -- ${option.choices.join(' ')}; return ;;\n`,
  );
  return `    '${name}')
      case $previous in
${values.join('')}${free.length === 0 ? '' : `        ${free.join('|')}) _files; return ;;\n`}      esac
      if [[ $PREFIX == -* ]]; then
        found=(${described(all)})
        _describe -o option found
        return
      fi
${words.length === 0 ? '' : `      compadd -- ${words.join(' ')}\n`}      ;;`;
}
