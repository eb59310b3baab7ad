/**
 * Words that mark what must never leave the browser: passwords, payment cards, bank accounts, identity numbers,
 * one-time codes, hidden tokens. First those that are telling only as whole words, then those telling anywhere. What is
 * not sure to be safe is not sent, so a few harmless fields are lost too.
 */
const SECRET =
  /(\b|_)(cc|ssn|otp|pin|tan|dni|bsn|egn|bic)(\b|_)|pass|pwd|kennwort|contrase|парол|card|challenge|ccn|cv[cv]|expir|iban|bank|account.?nu|егн|pesel|social.?s|national.?i|tax.?id|secret\b|token|csrf|captcha|one.?time|(verif|secur|auth)\w*.?(code|que|ans)/i

/** Whether a field so described (name, id, autocomplete, label, placeholder) asks for something sensitive. */
export const asksForSecret = (description: string): boolean => SECRET.test(description)

/** A payment card or an IBAN: told by its shape, whatever the field is called. */
export const looksSecret = (value: string): boolean =>
  /^([3-6](\D?\d){14,15}|[a-z]{2}\d\d( ?\w{2,4}){3,8})$/i.test(value)
