/**
 * The schema of a document as its author writes it: members with a default may be left out. `secret`, which only
 * the emulator's own messages need, is removed.
 *
 * @param schema the schema of the document with its defaults filled in, which requires every member.
 */
export function inputSchema (schema: object): object {
  return JSON.parse(JSON.stringify(schema), (name, value) => {
    if (name === 'secret' && value === true) return undefined
    if (!Array.isArray(value?.required)) return value
    const { required, ...rest } = value
    const needed = required.filter((name: string) => rest.properties[name].default === undefined)
    return needed.length === 0 ? rest : { ...rest, required: needed }
  })
}
