import type { Control } from './labels.ts'

/** Whether a person can see the control and get to it: the fields nobody reaches are traps for robots. */
export const isShown = (control: Control): boolean => {
  const { width, height, right, bottom } = control.getBoundingClientRect()
  return (
    // custom widgets hide the select they write into, and robots' traps are text fields
    !!control.selectedOptions ||
    (Math.min(width - 1, height - 1, right + scrollX, bottom + scrollY, control.tabIndex + 1) > 0 &&
      !control.closest('[aria-hidden=true],[class*=honey],[class*=validation_c]') &&
      control.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) !== false)
  )
}
