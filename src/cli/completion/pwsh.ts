import type { CompletedCommand } from './commands.ts'

/** The script for PowerShell. Without a result of it PowerShell completes the names of files. */
export function pwshScript (commands: readonly CompletedCommand[]): string {
  return `# PowerShell completion for xbl-achievements

Register-ArgumentCompleter -Native -CommandName 'xbl-achievements' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $names = @{
${commands.map(({ path, commands, options, values }) => {
    const words = [...commands, ...Array.isArray(values) ? values.map((name) => ({ name, description: name })) : [],
      ...options.flatMap(({ names, description }) => names.map((name) => ({ name, description })))]
    return `        ${quotePwsh(path)} = @(\n${words.map(({ name, description }) => `            @(${quotePwsh(name)}, ${quotePwsh(description)})\n`).join('')}        )\n`
  }).join('')}    }
    $values = @{
${commands.flatMap(({ path, options }) => options.flatMap(({ names, values }) => Array.isArray(values)
    ? names.map((name) => `        ${quotePwsh(`${path} ${name}`)} = @(${values.map((value) => `, @(${quotePwsh(value)}, ${quotePwsh(value)})`).join('').slice(2)})\n`)
    : values === undefined ? [] : names.map((name) => `        ${quotePwsh(`${path} ${name}`)} = @()\n`))).join('')}    }
    $at = ''
    $previous = ''
    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $cursorPosition -and $wordToComplete -ne '') { break }
        $previous = $element.Extent.Text
        if ($previous -eq '--') { return }
        if ($names.ContainsKey("$at $previous")) { $at = "$at $previous" }
    }
    $found = if ($values.ContainsKey("$at $previous")) { $values["$at $previous"] } else { $names[$at] }
    foreach ($word in $found) {
        if ($word[0].StartsWith($wordToComplete)) {
            [System.Management.Automation.CompletionResult]::new($word[0], $word[0], 'ParameterValue', $word[1])
        }
    }
}
`
}

/** PowerShell takes typographic quotes for the plain one. */
const quotePwsh = (text: string): string => `'${text.replace(/['\u2018-\u201b]/g, '$&$&')}'`
