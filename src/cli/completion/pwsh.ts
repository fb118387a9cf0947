import type { CompletedCommand } from './commands.ts'

/** The script for PowerShell. Without a result of it PowerShell completes the names of files. */
export function pwshScript (commands: readonly CompletedCommand[]): string {
  return `# PowerShell completion for xbl-achievements

Register-ArgumentCompleter -Native -CommandName 'xbl-achievements' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    # A word, and after the first space what it means.
    $names = @{
${commands.map((command) => `        ${quotePwsh(command.path)} = @(${wordsOf(command).map((word) => `\n            ${quotePwsh(word)}`).join(',')}\n        )\n`).join('')}    }
    $values = @{
${commands.flatMap(({ path, options }) => options.flatMap(({ names, values }) => values === undefined
    ? []
    : names.map((name) => `        ${quotePwsh(`${path} ${name}`)} = @(${Array.isArray(values) ? values.map((value) => quotePwsh(`${value} ${value}`)).join(', ') : ''})\n`))).join('')}    }
    $at = ''
    $previous = ''
    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
        if ($wordToComplete -ne '' -and $element.Extent.EndOffset -ge $cursorPosition) { break }
        $previous = $element.Extent.Text
        if ($previous -eq '--') { return }
        if ($names.ContainsKey("$at $previous")) { $at = "$at $previous" }
    }
    $found = $names[$at]
    if ($values.ContainsKey("$at $previous")) { $found = $values["$at $previous"] }
    foreach ($word in $found) {
        if ($word.StartsWith($wordToComplete)) {
            $name, $description = $word -split ' ', 2
            [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $description)
        }
    }
}
`
}

const wordsOf = ({ commands, options, values }: CompletedCommand): string[] => [
  ...commands.map(({ name, description }) => `${name} ${description}`),
  ...Array.isArray(values) ? values.map((value) => `${value} ${value}`) : [],
  ...options.flatMap(({ names, description }) => names.map((name) => `${name} ${description}`))
]

/** PowerShell takes typographic quotes for the plain one. */
const quotePwsh = (text: string): string => `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`
