import { Help, type Command } from 'commander'
import { CommandError } from '../base/user-error.ts'
import type { CommandProcess } from './output.ts'

/** How wide the help is where there is no terminal. */
const WIDTH = 80
/** The widest column of commands and options. A longer one has its description on the next line. */
const WIDEST_TERM = 26

/** The narrowest column of descriptions, beside which they are not wrapped. */
const NARROWEST = 20

/** Makes the help fit the terminal. */
export function fitHelp (program: Command, { stdout, stderr }: CommandProcess): Command {
  const widthOf = ({ isTTY, columns }: NodeJS.WriteStream): number => isTTY ? columns : WIDTH
  return program
    .configureOutput({ getOutHelpWidth: () => widthOf(stdout), getErrHelpWidth: () => widthOf(stderr) })
    .configureHelp({
      minWidthToWrap: NARROWEST,
      subcommandTerm: (command) => command.name(),
      padWidth: (command, helper) => Math.min(WIDEST_TERM, Help.prototype.padWidth.call(helper, command, helper)),
      formatItem: (term, width, description, helper) => {
        const format = (text: string): string => Help.prototype.formatItem.call(helper, text, width, description, helper)
        return term.length > width ? `  ${term}\n${format('')}` : format(term)
      }
    })
}

/** Adds the command `help`, which takes the name of a command of any depth: `help world import`. */
export function addHelp (program: Command): void {
  program.helpCommand(false).command('help')
    .description('display help for command')
    .argument('[command...]', 'its name, e.g. world import')
    .action((names: readonly string[]) => {
      const { found, rest } = findCommand(program, names)
      if (rest.length > 0 && found.commands.length > 0) refuseUnknown(found, rest)
      found.help()
    })
}

/** The command that the first names lead to, and the names after those. */
function findCommand (program: Command, names: readonly string[]): { found: Command, rest: readonly string[] } {
  const next = program.commands.find((command) => command.name() === names[0])
  return next === undefined ? { found: program, rest: names } : findCommand(next, names.slice(1))
}

/**
 * Refuses a command that another one does not have, with the name that may have been meant.
 *
 * @throws {CommanderError} always.
 */
function refuseUnknown (parent: Command, names: readonly string[]): never {
  parent.args = [...names]
  // Commander's own refusal, which its types leave out.
  return (parent as Command & { unknownCommand: () => never }).unknownCommand()
}

/** Adds the command that a group runs when none of its commands is named: `users gamer` is `users show gamer`. */
export function addDefault (group: Command, name: string): Command {
  return group.command(name, { isDefault: true })
    .allowExcessArguments()
    .hook('preAction', ({ args, registeredArguments }) => {
      if (args.length <= registeredArguments.length) return
      const late = group.commands.find((command) => args.includes(command.name()))
      if (late === undefined) refuseUnknown(group, args)
      throw new CommandError(`${group.name()}: found ${late.name()} after its options or arguments, expected it before them`)
    })
}

/** The name of the command that a group runs when none is named, which commander's types leave out. */
export const defaultNameOf = (group: Command): string | null => (group as Command & { _defaultCommandName: string | null })._defaultCommandName
