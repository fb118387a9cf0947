/**
 * The schema of a document as its author writes it: members with a default may be left out. The mark
 * `secret`, which is for the emulator's own messages, is removed.
 *
 * @param schema of the document once its defaults are filled in, when every member is there.
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
