/**
 * A JSON Schema as a document is given: what has a default may be left out. What messages must not
 * repeat (`secret`) is nothing to a reader.
 *
 * @param schema as a value is read, once the defaults are filled in: every member is there.
 */
export function asGiven (schema: object): object {
  return JSON.parse(JSON.stringify(schema), (name, value) => {
    if (name === 'secret' && value === true) return undefined
    if (!Array.isArray(value?.required)) return value
    const { required, ...rest } = value
    const needed = required.filter((name: string) => rest.properties[name].default === undefined)
    return needed.length === 0 ? rest : { ...rest, required: needed }
  })
}
