/**
 * The headers of every answer. The policy is what a careful customer would run: no inline script or style, no foreign
 * host but the collector that the tag talks to.
 * @param collectorUrl where the tag comes from and sends to
 */
export function securityHeaders(collectorUrl: string): Readonly<Record<string, string>> {
  const collector = new URL(collectorUrl).origin
  const policy = [
    `default-src 'none'`,
    `script-src 'self' ${collector}`,
    `style-src 'self'`,
    `img-src 'self'`,
    `connect-src 'self' ${collector}`,
    `form-action 'self'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  }
}
