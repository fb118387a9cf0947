import { readInstant } from '../base/instant.ts'
import { formatValue } from '../base/validation.ts'
import { RECORD_FIELDS, RECORD_FIELD_NAMES, OPERATORS, takesList, takesNoValue, type Condition, type RecordField, type RecordFieldType } from '../model/igdb-record.ts'
import { invalidRequest } from '../model/refusals.ts'

/** How many values the filters of a request may have in all, and how many ids its path. */
export const MAX_VALUES = 500

/** How many filters a request may have: each record is compared with every one of them. */
const MAX_FILTERS = 32

const FILTER = /^filter\[([^\]]*)\]\[([^\]]*)\]$/i

/**
 * The filters of a query, `filter[field][operator]=value`. A record has to fulfil all of them.
 *
 * @throws 400 for an unknown field, an unknown operator, a value that the field does not take, and for too
 *   many filters or values; the message says which.
 */
export function readConditions (parameters: URLSearchParams): Condition[] {
  const filters = [...parameters].filter(([name]) => /^filter/i.test(name))
  if (filters.length > MAX_FILTERS) throw invalidRequest(`There are ${filters.length} filters; expected ${MAX_FILTERS} at most.`)
  const conditions = filters.map(([name, text]) => readCondition(name, text))
  const count = conditions.reduce((sum, { values }) => sum + Math.max(1, values.length), 0)
  if (count > MAX_VALUES) throw invalidRequest(`The filters have ${count} values; expected ${MAX_VALUES} at most.`)
  return conditions
}

function readCondition (name: string, text: string): Condition {
  const [, fieldName, operatorName] = FILTER.exec(name) ?? []
  if (fieldName === undefined) throw invalidRequest(`${formatValue(name)} is no filter; expected filter[field][operator].`)
  const field = RECORD_FIELD_NAMES.find((each) => each === fieldName)
  if (field === undefined) throw invalidRequest(`A filter has the field ${formatValue(fieldName)}; expected one of ${RECORD_FIELD_NAMES.join(', ')}.`)
  const operators = OPERATORS[RECORD_FIELDS[field]]
  const operator = operators.find((each) => each === operatorName)
  if (operator === undefined) throw invalidRequest(`The filter of ${field} has the operator ${formatValue(operatorName)}; expected one of ${operators.join(', ')}.`)
  if (takesNoValue(operator)) {
    if (!['', '1', 'true'].includes(text)) throw wrongValue({ field, text, expected: 'no value, 1 or true' })
    return { field, operator, values: [] }
  }
  const values = (takesList(operator) ? text.split(',') : [text]).map((each) => readValue(field, each))
  return { field, operator, values }
}

const ANY_TEXT = { expected: 'text', read: String }

/** For each type of field what it takes, and the parser of its values. */
const VALUES: Readonly<Record<RecordFieldType, { expected: string, read: (text: string) => string | number | undefined }>> = {
  number: { expected: 'a number', read: readNumber },
  time: { expected: 'milliseconds since 1970, or a date, e.g. 2018-06-20', read: (text) => readNumber(text) ?? readDate(text) },
  string: ANY_TEXT,
  strings: ANY_TEXT,
  object: ANY_TEXT
}

function readValue (field: RecordField, text: string): string | number {
  const { expected, read } = VALUES[RECORD_FIELDS[field]]
  const value = read(text)
  if (value === undefined) throw wrongValue({ field, text, expected })
  return value
}

const wrongValue = ({ field, text, expected }: { field: RecordField, text: string, expected: string }): Error =>
  invalidRequest(`The filter of ${field} has the value ${formatValue(text)}; expected ${expected}.`)

function readNumber (text: string): number | undefined {
  return /^-?\d{1,20}(\.\d{1,20})?$/.test(text) ? Number(text) : undefined
}

/** The beginning of a day, in ms since 1970: clients are known to filter times by dates. */
function readDate (text: string): number | undefined {
  const instant = readInstant(`${text}T00:00:00Z`)
  return instant === undefined ? undefined : Date.parse(instant)
}
