import type { CompletedCommand, CompletedOption } from './commands.ts'

/** The script for fish. */
export function fishScript (commands: readonly CompletedCommand[]): string {
  return `# fish completion for xbl-achievements

function __xbl_achievements_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        switch "$at $word"
            case '* --'
                return 1
            case ${commands.filter(({ path }) => path !== '').map(({ path }) => quoteFish(path)).join(' ')}
                set at "$at $word"
        end
    end
    test "$at" = "$argv[1]"
end

complete -c xbl-achievements -e
complete -c xbl-achievements -f
${commands.flatMap(linesOf).map((line) => `complete -c xbl-achievements ${line}\n`).join('')}`
}

function linesOf ({ path, commands, options, values }: CompletedCommand): string[] {
  const condition = `-n ${quoteFish(`__xbl_achievements_at '${path}'`)}`
  return [
    ...commands.map(({ name, description }) => `${condition} -a ${name} -d ${quoteFish(description)}`),
    ...Array.isArray(values) ? [`${condition} -a '${values.join(' ')}'`] : [],
    ...values === 'files' ? [`${condition} -F`] : [],
    ...options.map((option) => `${condition} ${optionLine(option)}`)
  ]
}

function optionLine ({ names, description, values }: CompletedOption): string {
  const spellings = names.map((name) => name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`).join(' ')
  const described = `${spellings} -d ${quoteFish(description)}`
  if (values === undefined) return described
  if (values === 'files') return `${described} -r -F`
  return values === 'unknown' ? `${described} -x` : `${described} -x -a '${values.join(' ')}'`
}

const quoteFish = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
