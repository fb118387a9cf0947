import type { Command } from 'commander'

/** `start`, but for its options: see start-options.ts. */
export function addStart (program: Command): Command {
  return program.command('start')
    .description('Serve a world over HTTP until SIGTERM, SIGINT or SIGHUP.')
    .addHelpText('after', `
Each option can be set by its environment variable instead; the flag wins.

Example: your own world, kept in a file, on a port of your choice
  xbl-achievements start --world ./my-world.json --database ./my-world.db --port 8080

Example: the same file made ready beforehand, in the build of an image, say
  xbl-achievements start --world ./my-world.json --database ./my-world.db --seed-only

Example: a folder with achievements2017.xml, localization.xml and a title.json
  xbl-achievements start --world ./my-title

Example: HTTPS, too, for clients that have the hosts of Xbox Live built in
  xbl-achievements ca
  xbl-achievements start --tls --tls-port 443 --dialect live

Example: whatever tests have done, as a world to look at and to start from
  xbl-achievements start --export-on-exit ./after.json`)
    .action(async (flags) => {
      const { readConfig } = await import('../config/config.ts')
      const config = readConfig(flags, process.env)
      const { startServer } = await import('./start-server.ts')
      await startServer(config)
    })
}
