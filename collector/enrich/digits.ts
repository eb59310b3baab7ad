/** Arabic-Indic digits, the Persian ones too: the last four bits of each are its value (Unicode, blocks 0660 and 06F0). */
const ARABIC_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g

/** `٠٨٨` and `۰۸۸` as `088`; other scripts' digits stay. */
export const withWesternDigits = (text: string): string =>
  text.replace(ARABIC_DIGIT, digit => String(digit.charCodeAt(0) & 0xf))
