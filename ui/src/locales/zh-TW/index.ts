/** Each JSON file beside this one is a namespace of its name: some are needed everywhere, the others come with their pages. */
type Texts = Record<string, unknown>

export const everywhere = import.meta.glob<Texts>(
  [
    './common.json',
    './form.json',
    './keys.json',
    './list.json',
    './my-work.json',
    './nav.json',
    './order.json',
    './palette.json',
    './sign-in.json',
  ],
  { eager: true, import: 'default' },
)

export const others = import.meta.glob<Texts>(
  [
    './*.json',
    '!./common.json',
    '!./form.json',
    '!./keys.json',
    '!./list.json',
    '!./my-work.json',
    '!./nav.json',
    '!./order.json',
    '!./palette.json',
    '!./sign-in.json',
  ],
  { import: 'default' },
)
