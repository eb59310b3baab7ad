/** The package brings no types. */
declare module 'email-providers' {
  /** domains, lower case */
  const domains: readonly string[]
  // biome-ignore lint/style/noDefaultExport: that is how the package exports it
  export default domains
}
