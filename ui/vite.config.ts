import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const server = process.env.SHUNDAN_SERVER ?? 'http://127.0.0.1:8080'

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** The icons of the navigation and the bars, in one piece: one by one, each would bring what they share again. */
function shellIcons(): RegExp {
  const folder = page('src/components/shell')
  const files = [page('src/nav.tsx'), ...readdirSync(folder).map(name => `${folder}/${name}`)]
  const names = files.flatMap(file => readFileSync(file, 'utf8').match(/\b[A-Z]\w+(Outlined|Filled)\b/g) ?? [])
  return new RegExp(`icons(-svg)?/es/\\w+/(${[...new Set(names)].join('|')})\\.js$`)
}

export default defineConfig(({ mode }) => ({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': server } },
  // The portal and the page that customers sign on are programs of their own: built apart, so that neither makes the other larger.
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 900,
    ...(mode === 'outside'
      ? {
          emptyOutDir: false,
          manifest: '.vite/outside.json',
          rolldownOptions: { input: [page('portal.html'), page('sign.html')] },
        }
      : {
          manifest: true,
          rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'icons', test: shellIcons() }] } } },
        }),
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
}))
