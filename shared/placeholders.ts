/**
 * What broken integrations send where an id should be: a variable that was never set, a template that was never filled in.
 * Everybody of such a site would be one person.
 */
const PLACEHOLDERS: ReadonlySet<string> = new Set(
  (
    'null undefined none nil nan true false anonymous anon guest unknown visitor user userid user_id distinct_id ' +
    'visitor_id visitorid anonymous_id anonymousid customer_id id email n/a na test default string object example ' +
    '[object object] 0 -1 00000000-0000-0000-0000-000000000000 not_set (not set) notset unset empty blank'
  ).split(' '),
)

/** `{{user.id}}`, `${userId}`, `%USER_ID%`, `<user id>`, `*|UNIQID|*`, `[[id]]` */
const TEMPLATE = /^(?:\{\{.*\}\}|\$\{.*\}|%.*%|<.*>|\*\|.*\|\*|\[\[.*\]\]|#\{.*\})$/

/** Whether an id of a visitor or a user is none: it says nothing about who it is. Case and white space do not matter. */
export function isPlaceholder(id: string): boolean {
  const plain = id.trim().toLowerCase()
  return (
    PLACEHOLDERS.has(plain) ||
    /^(.)\1*$/u.test(plain.replace(/[-_]/g, '')) ||
    TEMPLATE.test(plain) ||
    plain === ''
  )
}
