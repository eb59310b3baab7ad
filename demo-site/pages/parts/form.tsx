import type { FC } from 'hono/jsx'
import { EMPTY_FORM, type FormDefinition, type FormField, type FormState } from '../../forms.ts'

interface FormProps {
  readonly form: FormDefinition
  readonly state?: FormState
}

/** A form of forms.ts. Field ids start with the form's, so that two forms may share a page. */
export const Form: FC<FormProps> = ({ form, state = EMPTY_FORM }) => {
  const wrong = Object.keys(state.errors).length
  return (
    <form id={form.id} class="form" method="post" action={`/forms/${form.id}`}>
      {wrong > 0 && (
        <p class="form-problem" role="alert">
          {wrong === 1 ? 'One answer needs' : `${wrong} answers need`} another look.
        </p>
      )}
      {form.fields.map(field => (
        <Field
          field={field}
          id={`${form.id}-${field.name}`}
          value={state.values[field.name] ?? ''}
          error={state.errors[field.name]}
        />
      ))}
      <button class="button" type="submit">
        {form.submit}
      </button>
    </form>
  )
}

interface FieldProps {
  readonly field: FormField
  readonly id: string
  readonly value: string
  readonly error: string | undefined
}

const Field: FC<FieldProps> = ({ field, id, value, error }) => {
  const notes = [field.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const common = {
    id,
    name: field.name,
    required: field.required ?? false,
    ...(field.autocomplete ? { autocomplete: field.autocomplete } : {}),
    ...(notes ? { 'aria-describedby': notes } : {}),
    ...(error ? { 'aria-invalid': 'true' as const } : {}),
  }
  if (field.type === 'checkbox') {
    return (
      <div class="field field-check">
        <input type="checkbox" value="yes" checked={value !== ''} {...common} />
        <label for={id}>{field.label}</label>
        <Notes field={field} id={id} error={error} />
      </div>
    )
  }
  return (
    <div class={field.wide ? 'field field-wide' : 'field'}>
      <label for={id}>
        {field.label}
        {!field.required && <span class="optional"> (optional)</span>}
      </label>
      <Control field={field} value={value} common={common} />
      <Notes field={field} id={id} error={error} />
    </div>
  )
}

interface ControlProps {
  readonly field: FormField
  readonly value: string
  readonly common: Readonly<Record<string, string | boolean>>
}

const Control: FC<ControlProps> = ({ field, value, common }) => {
  if (field.type === 'textarea') {
    return (
      <textarea rows={4} {...common}>
        {value}
      </textarea>
    )
  }
  if (field.type !== 'select') return <input type={field.type} value={value} {...common} />
  return (
    <select {...common}>
      <option value="">Please choose</option>
      {field.options?.map(option => (
        <option selected={option === value}>{option}</option>
      ))}
    </select>
  )
}

const Notes: FC<{ field: FormField; id: string; error: string | undefined }> = ({ field, id, error }) => (
  <>
    {field.hint && (
      <p class="hint" id={`${id}-hint`}>
        {field.hint}
      </p>
    )}
    {error && (
      <p class="field-error" id={`${id}-error`}>
        {error}
      </p>
    )}
  </>
)
