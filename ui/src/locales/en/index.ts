/** Every JSON file beside this one is a namespace of its name. */
const files = import.meta.glob<{ default: Record<string, unknown> }>('./*.json', { eager: true })

export const texts: Record<string, Record<string, unknown>> = Object.fromEntries(
  Object.entries(files).map(([path, file]) => [path.slice(2, -5), file.default]),
)
