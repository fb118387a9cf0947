import type { CompletedCommand, Values } from './commands.ts'

/** The script for zsh: to be sourced after compinit, or a file \`_xbl-achievements\` in a folder of fpath. */
export function zshScript (commands: readonly CompletedCommand[]): string {
  return `#compdef xbl-achievements
# zsh completion for xbl-achievements

_xbl_achievements () {
  local at='' word previous=\${words[CURRENT-1]} files=''
  local -a names options
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
      *' --') _files; return ;;
${commands.filter(({ path }) => path !== '').map(({ path }) => `      '${path}') at='${path}' ;;\n`).join('')}    esac
  done
  if [[ \${words[CURRENT]} == --*=* ]]; then
    previous=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  case "$at $previous" in
${commands.flatMap(({ path, options }) => options.map((option) => ({ ...option, path }))).flatMap(({ path, names, values }) =>
    values === undefined ? [] : [`    ${names.map((name) => `'${path} ${name}'`).join('|')}) ${zshValues(values)}return ;;\n`]).join('')}  esac
  case "$at" in
${commands.map(({ path, commands, options, values }) => {
    const names = [...commands, ...Array.isArray(values) ? values.map((name) => ({ name, description: '' })) : []]
    const described = options.flatMap(({ names, description }) => names.map((name) => ({ name, description })))
    return `    '${path}')\n      names=(${names.map(quoteWord).join(' ')})\n      options=(${described.map(quoteWord).join(' ')})\n${values === 'files' ? '      files=yes\n' : ''}      ;;\n`
  }).join('')}  esac
  if [[ \${words[CURRENT]} == -* || ( -z $names && -z $files ) ]]; then
    _describe -o 'option' options
  else
    if [[ -n $names ]]; then _describe 'command' names; fi
    if [[ -n $files ]]; then _files; fi
  fi
}

if [[ \${funcstack[1]} == _xbl-achievements ]]; then _xbl_achievements "$@"; else compdef _xbl_achievements xbl-achievements; fi
`
}

function zshValues (values: Values): string {
  if (values === 'files') return '_files; '
  return values === 'unknown' ? '' : `compadd -- ${values.join(' ')}; `
}

/** A word with its description, as _describe takes it. */
const quoteWord = ({ name, description }: { name: string, description: string }): string =>
  `'${(description === '' ? name : `${name.replaceAll(':', '\\:')}:${description}`).replaceAll("'", "'\\''")}'`
