/**
 * Words that mark what must never leave the browser: passwords, payment cards, bank accounts, identity numbers, one-time
 * codes, hidden tokens. First those that are telling only as whole words, then those telling anywhere. What is not sure
 * to be safe is not sent, so a few harmless fields are lost too.
 */
const SECRET =
  /(\b|_)(cc(?!-[gf])|otp|pin|tan|dni|bsn|egn|bic|cpf)(\b|_)|ssn[^a]|pass|pwd|kennwort|contrase|парол|card|challenge|ccn|cv[cv]|exp.?[imyd]|mm.{0,3}yy|iban|bank|account.?nu|pin.?code|егн|pesel|social.?s|national.?i|fiscal|tax.?id|secret\b|token|csrf|captcha|one.?time|(verif|confirm|secur|auth)\w*.?(code|que|ans)/i

/** Whether a field so described (name, id, autocomplete, label, placeholder) asks for something sensitive. */
export const asksForSecret = (description: string): boolean => SECRET.test(description)

/**
 * Told by its shape, whatever the field is called: the digits of a payment card (15 to 19, ISO/IEC 7812-1), wherever they
 * stand; an IBAN (ISO 13616); a social-security number; what a machine made up, long and without a space.
 */
export const looksSecret = (value: string): boolean =>
  /\b[1-9]([ -]?\d){14,18}\b|^([a-z]{2}\d\d( ?\w{2,4}){3,8}|\d{3}-\d\d-\d{4}|(?=\D*\d)[\w+/=-]{24,}(\..*)?)$/i.test(
    value,
  )
