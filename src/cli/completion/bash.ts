import type { CompletedCommand, Values } from './commands.ts'

/** The script for bash, 3.2 and later. Words are completed without their descriptions. */
export function bashScript (commands: readonly CompletedCommand[]): string {
  return `# bash completion for xbl-achievements

_xbl_achievements () {
  local IFS=$' \\t\\n' cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' names='' options='' files='' i
  # --option=value comes as three words.
  if [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if [[ $cur == '=' ]]; then cur=''; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
      *' --') _xbl_achievements_files; return ;;
${commands.filter(({ path }) => path !== '').map(({ path }) => `      '${path}') at='${path}' ;;\n`).join('')}    esac
  done
  case "$at $prev" in
${commands.flatMap(({ path, options }) => options.map((option) => ({ ...option, path }))).flatMap(({ path, names, values }) =>
    values === undefined ? [] : [`    ${names.map((name) => `'${path} ${name}'`).join('|')}) ${bashValues(values)}return ;;\n`]).join('')}  esac
  case "$at" in
${commands.map(({ path, commands, options, values }) => {
    const words = [...commands.map(({ name }) => name), ...Array.isArray(values) ? values : []]
    return `    '${path}') names='${words.join(' ')}' options='${options.flatMap(({ names }) => names).join(' ')}'${values === 'files' ? ' files=yes' : ''} ;;\n`
  }).join('')}  esac
  if [[ $cur == -* || -z $names$files ]]; then names=$options; fi
  if [[ -n $files && $cur != -* ]]; then _xbl_achievements_files
  else COMPREPLY=($(compgen -W "$names" -- "$cur")); fi
}

_xbl_achievements_files () {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$cur"))
}

complete -F _xbl_achievements xbl-achievements
`
}

function bashValues (values: Values): string {
  if (values === 'files') return '_xbl_achievements_files; '
  return values === 'unknown' ? '' : `COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$cur")); `
}
