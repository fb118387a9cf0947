import fs, { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import t from 'tap'
import { draftOf } from '../../src/base/draft-file.ts'

t.test('a file has its name once it is complete', async (t) => {
  const folder = t.testdir({ old: 'old', link: t.fixture('symlink', 'old') })
  const path = (name: string): string => join(folder, name)
  const draft = draftOf(path('new'), false)
  writeFileSync(draft.path, 'new')
  // Another one has come meanwhile.
  writeFileSync(path('new'), 'other')
  t.throws(draft.publish, { code: 'EEXIST' })
  draft.discard()
  draft.discard()
  t.strictSame(readdirSync(folder), ['link', 'new', 'old'])
  const over = draftOf(path('link'), true)
  writeFileSync(over.path, 'new')
  over.publish()
  over.discard()
  t.strictSame([readdirSync(folder), readFileSync(path('old'), 'utf8'), readFileSync(path('new'), 'utf8')], [['link', 'new', 'old'], 'new', 'other'])
})

t.test('a file system without links', async (t) => {
  const folder = t.testdir({})
  const { linkSync } = fs
  t.teardown(() => {
    Object.assign(fs, { linkSync })
    syncBuiltinESMExports()
  })
  Object.assign(fs, { linkSync: () => { throw Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' }) } })
  syncBuiltinESMExports()
  const draft = draftOf(join(folder, 'new'), false)
  writeFileSync(draft.path, 'new')
  draft.publish()
  t.strictSame([readdirSync(folder), readFileSync(join(folder, 'new'), 'utf8')], [['new'], 'new'])
})
