/** The generation of `@site` that readers see, as an SQL expression; 0 before the first publish. */
export const SHOWN = shownOf('@site')

/** The same for any expression that gives a site. */
export function shownOf(site: string): string {
  return `coalesce((
    SELECT shown.generation FROM generations AS shown WHERE shown.site = ${site} AND shown.switched_at IS NOT NULL
    ORDER BY shown.generation DESC LIMIT 1), 0)`
}

/** The generation of `@site` that is being prepared; no row when there is none. */
export const PREPARED = 'SELECT generation FROM generations WHERE site = @site AND switched_at IS NULL'
