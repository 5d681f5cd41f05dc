import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp, watch } from 'vue'
import App from './App.vue'
import { onSignedOut } from './api/client'
import { ApiProblem } from './api/problem'
import { failed } from './composables/useToast'
import { i18n, keptLang, lang, setLang } from './i18n'
import { router } from './router'
import { forget, user } from './session'
import './styles/tokens.css'
import './styles/base.css'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // a refusal stays a refusal; only a server out of reach is worth a second try
      retry: (count, e) => count < 1 && e instanceof ApiProblem && (e.status === 0 || e.status >= 502),
      networkMode: 'always', // an intranet works while the browser thinks it is offline
    },
    mutations: { networkMode: 'always' },
  },
})

onSignedOut(() => {
  const at = router.currentRoute.value
  if (at.meta.open) return
  forget()
  queries.clear()
  void router.replace({ name: 'sign-in', query: { to: at.fullPath, expired: '1' } })
})

// what one person was shown is not for the next at the same computer
watch(
  () => user.value?.id,
  () => queries.clear(),
)

// problems carry their sentence in a language: ask again in the other
watch(lang, () => void queries.invalidateQueries())

async function start() {
  await setLang(keptLang())
  const app = createApp(App)
  app.config.errorHandler = (e) => {
    if (import.meta.env.DEV) throw e
    failed(e)
  }
  app.use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(router).mount('#app')
}
void start()
