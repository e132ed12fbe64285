/** A setting that cannot be used. `problems` are sentences for the person who starts the server. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  constructor(readonly problems: string[]) {
    super(problems.join('\n'))
  }
}
