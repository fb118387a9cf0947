/** What a command has of the process that it runs in: a test runs it in its own, and gives it other ones. */
export type CommandProcess = Pick<NodeJS.Process, 'argv' | 'env' | 'stdout' | 'stderr' | 'on' | 'off' | 'exit' | 'exitCode'>
