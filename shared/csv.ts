const DELIMITERS = [',', ';', '\t']

/**
 * What parts the cells of a CSV: comma, semicolon or tab, whichever its header has most of outside quotes (spreadsheets
 * differ by country); of equally many the first of these.
 * @param text its beginning, the whole header at least
 */
export function delimiterOf(text: string): string {
  const header = (/^(?:"[^"]*"|[^"\n]+)*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const counted = DELIMITERS.map(mark => ({ mark, times: header.split(mark).length }))
  return counted.reduce((most, one) => (one.times > most.times ? one : most)).mark
}
