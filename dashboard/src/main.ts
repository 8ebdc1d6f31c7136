import { createApp } from 'vue';
import App from './App.vue';
import { createLanguage } from './i18n/i18n.ts';
import { LANGUAGE } from './i18n/useText.ts';
import { firstLocale } from './shell/first-locale.ts';
import { router } from './shell/router.ts';
import { startTheme } from './shell/useTheme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/modal.css';
import './styles/table.css';
import './styles/print.css';

startTheme();
const language = createLanguage();
router.beforeResolve(async ({ meta }) => {
  for (const words of meta.words ?? []) await language.useAlso(words);
});
const app = createApp(App).use(language.i18n).use(router).provide(LANGUAGE, language);
// Installing the router has begun to fetch the page; the words come at the same time.
await language.use(firstLocale());
app.mount('#app');
