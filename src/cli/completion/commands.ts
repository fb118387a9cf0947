import type { Command } from 'commander'
import { defaultNameOf } from '../help.ts'

/** What can be completed: one of some values, the name of a file, or nothing that is known. */
export type Values = readonly string[] | 'files' | 'unknown'

interface Word {
  readonly name: string
  readonly description: string
}

export interface CompletedOption {
  /** Its spellings, the long one last. */
  readonly names: readonly string[]
  readonly description: string
  /** What follows it; undefined for nothing. */
  readonly values: Values | undefined
}

/** What can follow the name of a command. */
export interface CompletedCommand {
  /** Its name with those above it, each after a space; empty for the program. */
  readonly path: string
  readonly commands: readonly Word[]
  readonly options: readonly CompletedOption[]
  readonly values: Values
}

/** All commands of a program, as it defines them. */
export const listCommands = (program: Command): CompletedCommand[] => [...describe(program, ''), ...listNames(program, ' help')]

/** A command and all below it. What can follow the default command of a group can follow the group. */
function describe (command: Command, path: string): CompletedCommand[] {
  const sources = [command, ...command.commands.filter((each) => each.name() === defaultNameOf(command))]
  const described = {
    path,
    commands: command.commands.map(wordOf),
    options: optionsOf(sources),
    values: sources.flatMap((each) => each.registeredArguments.map((argument) => valuesNamed(argument.name()))).find((values) => values !== 'unknown') ?? 'unknown' as const
  }
  return [described, ...command.commands.filter((each) => each.name() !== 'help').flatMap((each) => describe(each, `${path} ${each.name()}`))]
}

/** The names of commands, each after those above it. */
function listNames (command: Command, path: string): CompletedCommand[] {
  const groups = command.commands.filter((each) => each.commands.length > 0)
  return [{ path, commands: command.commands.map(wordOf), options: [], values: [] }, ...groups.flatMap((each) => listNames(each, `${path} ${each.name()}`))]
}

const wordOf = (command: Command): Word => ({ name: command.name(), description: command.description() })

/** The options of commands, each once. */
function optionsOf (commands: readonly Command[]): CompletedOption[] {
  const options = new Map(commands.flatMap((command) => command.createHelp().visibleOptions(command)).map((option) => [option.flags, option]))
  return [...options.values()].map(({ short, long, description, flags }) => ({
    names: [short, long].filter((name) => name !== undefined),
    description,
    values: flags.includes('<') ? valuesNamed(/<(.+)>/.exec(flags)?.[1]) : undefined
  }))
}

/** What a placeholder of the help stands for: `live|documented` for one of these. */
function valuesNamed (placeholder = ''): Values {
  if (placeholder.includes('|')) return placeholder.split('|')
  return ['file', 'folder', 'path', 'achievements'].includes(placeholder) ? 'files' : 'unknown'
}
