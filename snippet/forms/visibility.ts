/** Whether a person can see the control: fields nobody sees are traps for robots. */
export const isShown = (control: HTMLElement): boolean => {
  const { width, height, right, bottom } = control.getBoundingClientRect()
  return (
    // custom widgets hide the select they write into, and robots' traps are text fields
    'selectedOptions' in control ||
    (Math.min(width - 1, height - 1, right + scrollX, bottom + scrollY) > 0 &&
      control.checkVisibility?.({ checkOpacity: true, checkVisibilityCSS: true }) !== false)
  )
}
