interface DialogButtonProps {
  verb: string
  /** What it is done to, for whoever hears the button alone. */
  of: string
  isDangerous?: boolean
  onOpen(): void
}

/** A button of a row that asks something first. */
export function DialogButton({ verb, of, isDangerous = false, onOpen }: DialogButtonProps) {
  return (
    <button
      className={isDangerous ? 'button danger' : 'button'}
      type="button"
      aria-haspopup="dialog"
      aria-label={`${verb} ${of}`}
      onClick={onOpen}
    >
      {verb}
    </button>
  )
}
