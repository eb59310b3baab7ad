/** What somebody wants a signed e-mail link for, found sound (queries/email-link-requests.ts). */
export interface EmailLinkDraft {
  /** whom the mail goes to, normalised as in traits */
  readonly email: string
  /** where the link leads, absolute, as URL writes it */
  readonly target: string
  /** the mailing, `campaign` or `campaign/mail`; null: not said */
  readonly message: string | null
}
