import type { AccessStore, Site, Token } from '../store.ts'
import { type Connection, method } from './connection.ts'
import { type SiteRow, siteOf, type TokenRow, tokenOf } from './rows.ts'

const CREATE_SITE = `
  INSERT INTO sites (id, name, public_key, test_key, secret_key_hash, origins, consent, params, progressive, created_at)
  VALUES (@id, @name, @publicKey, @testKey, @secretKeyHash, @origins, @consent, @params, @progressive, @createdAt)
  ON CONFLICT DO NOTHING`

const CREATE_TOKEN = `
  INSERT INTO tokens (id, label, hash, scopes, created_at) VALUES (@id, @label, @hash, @scopes, @createdAt)`

/** Sites with their keys, and the tokens of people and programs. */
export function accessStore(db: Connection): AccessStore {
  const sites = db.prepare<[], SiteRow>('SELECT * FROM sites ORDER BY created_at, id')
  const createSite = db.prepare(CREATE_SITE)
  const updateSite = db.prepare(
    `UPDATE sites SET name = @name, origins = @origins, consent = @consent, params = @params, progressive = @progressive,
       test_key = @testKey
     WHERE id = @id`,
  )
  const tokens = db.prepare<[], TokenRow>('SELECT * FROM tokens ORDER BY created_at, id')
  const createToken = db.prepare(CREATE_TOKEN)
  const tokenByHash = db.prepare<[string], TokenRow>('SELECT * FROM tokens WHERE hash = ?')
  return {
    sites: method(() => sites.all().map(siteOf)),
    createSite: method((site: Site) => {
      return createSite.run(siteValues(site)).changes === 1 ? 'created' : 'conflict'
    }),
    updateSite: method((site: Site) => {
      updateSite.run(siteValues(site))
    }),
    tokens: method(() => tokens.all().map(tokenOf)),
    createToken: method((token: Token) => {
      createToken.run({ ...token, scopes: JSON.stringify(token.scopes) })
    }),
    tokenByHash: method(hash => {
      const row = tokenByHash.get(hash)
      return row === undefined ? null : tokenOf(row)
    }),
  }
}

const siteValues = (site: Site) => ({
  ...site,
  origins: JSON.stringify(site.origins),
  params: JSON.stringify(site.params),
  progressive: site.progressive ? 1 : 0,
})
