import t from 'tap'
import { contractOf, requireUpdateVersion, requireV1, singleContractOf } from '../../../src/xbox/request/contract-version.ts'

t.test('what each contract version stands for', async (t) => {
  const xbox360 = { generation: 'xbox360', hasRarity: false }
  const modern = { generation: 'modern', hasRarity: false }
  for (const [version, documented, live] of [
    [0, xbox360, null],
    [1, xbox360, xbox360],
    [2, modern, modern],
    [3, xbox360, { ...xbox360, hasRarity: true }],
    [4, xbox360, { ...modern, hasRarity: true }],
    [5, xbox360, { ...modern, hasRarity: true }],
    [6, xbox360, null],
    [4294967295, xbox360, null]
  ] as const) {
    t.strictSame(contractOf(version, 'documented'), documented)
    t.strictSame(singleContractOf(version, 'documented'), { generation: null, hasRarity: false })
    if (live === null) {
      const refusal = { status: 406, message: `x-xbl-contract-version is ${version}; served are 1 to 5.` }
      t.throws(() => contractOf(version, 'live'), refusal)
      t.throws(() => singleContractOf(version, 'live'), refusal)
    } else {
      t.strictSame(contractOf(version, 'live'), live)
      t.strictSame(singleContractOf(version, 'live'), live)
    }
  }
})

t.test('routes that have one contract version', async (t) => {
  const v1 = contractOf(1, 'live')
  t.equal(requireV1(v1), v1)
  t.throws(() => requireV1(contractOf(2, 'live')), { message: 'The contract version asks for V2, which has no title achievements; expected x-xbl-contract-version 1.' })
  requireUpdateVersion(2)
  for (const version of [1, 3, 4]) {
    t.throws(() => requireUpdateVersion(version), { status: 406, message: `The contract version is ${version}; progress is updated under x-xbl-contract-version 2.` })
  }
})
