import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import { defineConfig } from 'vite'

// The policy that the server sends. `vite preview` sends it too, so that a page which breaks it
// breaks in the tests of the frame and not at an office.
export const csp = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'", // Element Plus positions its poppers with style attributes
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const api = process.env.GEWU_API ?? 'http://127.0.0.1:8080'

// Mode `frame` adds /dev/blocks, the page that shows every building block, for the tests of the frame.
export default defineConfig(({ mode, command }) => ({
  plugins: [
    vue(),
    // Only Element Plus is resolved by name (it brings its styles along); our own imports are written out.
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __BLOCKS__: JSON.stringify(mode === 'frame' || command === 'serve'),
    __VUE_OPTIONS_API__: 'true', // parts of Element Plus use it
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: {
    outDir: mode === 'frame' ? '.frame' : 'dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'chrome88', // offices run browsers of some years ago
    assetsInlineLimit: 2048,
    modulePreload: { polyfill: false }, // the polyfill would be an inline helper for browsers we do not serve
    chunkSizeWarningLimit: 400,
  },
  server: { port: 5173, proxy: { '/api': api, '/healthz': api } },
  preview: { headers: { 'Content-Security-Policy': csp }, proxy: { '/api': api } },
}))
