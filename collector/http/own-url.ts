import type { IncomingMessage } from 'node:http'

/** How the collector knows its own address. */
export interface OwnAddress {
  /** what people type, without a trailing slash (GOLDPAN_PUBLIC_URL); null: as the Host header says */
  readonly publicUrl: string | null
  /** `` or `/path`, before every route */
  readonly basePath: string
}

/** Whether an address is of the collector's host. Without the scheme: behind a proxy that ends TLS it is not known. */
export const isOwnUrl = (url: string, own: string | null): boolean =>
  own !== null && URL.canParse(url) && new URL(url).host === new URL(own).host

/**
 * The collector's address as the asker sees it, without a trailing slash; null when the Host header is no host. Without
 * a configured one, whether it is https is what this end of the socket knows: behind a proxy that ends TLS, it is not.
 */
export function ownUrl(
  { headers, socket }: IncomingMessage,
  { publicUrl, basePath }: OwnAddress,
): string | null {
  if (publicUrl !== null) return publicUrl
  const scheme = 'encrypted' in socket && socket.encrypted === true ? 'https' : 'http'
  const url = `${scheme}://${headers.host ?? ''}`
  return URL.canParse(url) ? new URL(url).origin + basePath : null
}
