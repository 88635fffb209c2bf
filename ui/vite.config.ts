import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const server = process.env.SHUNDAN_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: { '/api': server } },
  build: { target: 'es2022', chunkSizeWarningLimit: 900, manifest: true },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
})
