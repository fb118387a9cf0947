import { execFileSync } from 'node:child_process'
import fs, { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { replaceFile, requireReplaceable } from '../../src/base/replace-file.ts'
import { writeFolder } from '../../src/cli/new-files.ts'
import { writeOut } from '../../src/cli/output.ts'
import { thrownBy } from '../thrown-error.ts'
import { withoutRoot } from '../without-root.ts'

const skip = process.platform === 'win32'

const modeOf = (file: string): number => statSync(file).mode & 0o777

/** Replaces a function of the file system for one test. */
function fail (t: Test, name: 'writeFileSync' | 'renameSync', broken: (...args: any[]) => void): void {
  const { [name]: before } = fs
  Object.assign(fs, { [name]: broken })
  syncBuiltinESMExports()
  t.teardown(() => {
    Object.assign(fs, { [name]: before })
    syncBuiltinESMExports()
  })
}

t.test('writes a new file, and replaces an existing one', { skip }, async (t) => {
  const folder = t.testdir({ 'there.json': 'old' })
  const path = (name: string): string => join(folder, name)
  chmodSync(path('there.json'), 0o664)
  const { ino } = statSync(path('there.json'))
  replaceFile(path('there.json'), 'new')
  replaceFile(path('new.json'), 'new')
  replaceFile(path('secret.json'), 'new', 0o600)
  t.strictSame(readdirSync(folder).map((name) => [name, readFileSync(path(name), 'utf8')]), [['new.json', 'new'], ['secret.json', 'new'], ['there.json', 'new']])
  t.strictSame([modeOf(path('there.json')), modeOf(path('new.json')), modeOf(path('secret.json'))], [0o664, 0o666 & ~process.umask(), 0o600])
  t.not(statSync(path('there.json')).ino, ino, 'whoever reads the old one reads it to its end')
})

t.test('a symbolic link stays a link', { skip }, async (t) => {
  const folder = t.testdir({ data: { 'real.json': 'old' } })
  const path = (name: string): string => join(folder, name)
  symlinkSync('data/real.json', path('link.json'))
  symlinkSync('data/missing.json', path('dangling.json'))
  for (const name of ['link.json', 'dangling.json']) {
    replaceFile(path(name), 'new')
    t.equal(readFileSync(path(name), 'utf8'), 'new')
  }
  t.strictSame([readlinkSync(path('link.json')), readlinkSync(path('dangling.json'))], ['data/real.json', 'data/missing.json'])
  t.strictSame(readdirSync(path('data')), ['missing.json', 'real.json'])
})

t.test('writes to devices and open files in place', { skip }, async (t) => {
  replaceFile('/dev/null', 'lost')
  t.ok(statSync('/dev/null').isCharacterDevice())
  const file = join(t.testdir({ 'open.json': '' }), 'open.json')
  const open = openSync(file, 'w')
  const { ino } = statSync(file)
  replaceFile(`/dev/fd/${open}`, 'new')
  closeSync(open)
  t.strictSame([readFileSync(file, 'utf8'), statSync(file).ino], ['new', ino])
  const folder = t.testdir({})
  t.match(thrownBy(() => replaceFile(folder, 'x')), { code: 'EISDIR' })
})

t.test('a pipe is refused', { skip }, async (t) => {
  const file = join(t.testdir({}), 'pipe')
  execFileSync('mkfifo', [file])
  t.equal(thrownBy(() => requireReplaceable(file)).message, 'it is a pipe, and who writes to one waits for its reader')
})

t.test('a full disk leaves the existing files as they were', async (t) => {
  const folder = t.testdir({ 'there.json': 'old', empty: {} })
  const file = join(folder, 'there.json')
  const { writeFileSync } = fs
  let count = 0
  fail(t, 'writeFileSync', (name, text, options) => {
    if (count++ === 1) {
      writeFileSync(name, text, options)
      return
    }
    writeFileSync(name, text.slice(0, 1), options)
    throw new Error('ENOSPC: no space left on device, write')
  })
  t.equal(thrownBy(() => writeOut(file, 'new', '--out')).message, `${file} cannot be written: ENOSPC: no space left on device, write; name another file with --out`)
  t.strictSame([readdirSync(folder), readFileSync(file, 'utf8')], [['empty', 'there.json'], 'old'])
  // The second file of a folder.
  const into = join(folder, 'empty')
  t.equal(thrownBy(() => writeFolder(into, { a: 'first', b: 'second' }, { flag: '--partner-center' })).message, `${into} cannot be written: ENOSPC: no space left on device, write; name another folder with --partner-center`)
  t.strictSame(readdirSync(into), [])
  // A file that was there stays, whatever else fails.
  writeFileSync(join(into, 'a'), 'mine')
  t.equal(thrownBy(() => writeFolder(into, { a: 'first', b: 'second' }, { flag: '--partner-center', force: true })).message, `${into} cannot be written: ENOSPC: no space left on device, write; name another folder with --partner-center`)
  t.strictSame(readdirSync(into), ['a'])
})

t.test('a failed rename leaves the existing file as it was', async (t) => {
  const folder = t.testdir({ 'there.json': 'old' })
  fail(t, 'renameSync', () => { throw new Error('EBUSY: resource busy or locked') })
  t.equal(thrownBy(() => replaceFile(join(folder, 'there.json'), 'new')).message, 'EBUSY: resource busy or locked')
  t.strictSame([readdirSync(folder), readFileSync(join(folder, 'there.json'), 'utf8')], [['there.json'], 'old'])
})

t.test('a file or folder without permission to write is refused', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'read-only-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const path = (name: string): string => join(folder, name)
  mkdirSync(path('open'))
  for (const [name, mode] of [['file.json', 0o666], ['open/file.json', 0o444]] as const) {
    fs.writeFileSync(path(name), 'old')
    chmodSync(path(name), mode)
  }
  for (const [name, mode] of [['open', 0o777], ['.', 0o555]] as const) chmodSync(path(name), mode)
  withoutRoot(() => {
    t.equal(thrownBy(() => replaceFile(path('file.json'), 'new')).message, 'nothing can be written in its folder: EACCES: permission denied')
    t.equal(thrownBy(() => replaceFile(path('open/file.json'), 'new')).message, `EACCES: permission denied, open '${path('open/file.json')}'`)
  })
  chmodSync(folder, 0o755)
  t.strictSame([readFileSync(path('file.json'), 'utf8'), readFileSync(path('open/file.json'), 'utf8')], ['old', 'old'])
})
