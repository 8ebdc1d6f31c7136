import { ref } from 'vue';

/** Whether the browser prints the page. One for all: it is printed as a whole. */
const printing = ref(false);
window.addEventListener('beforeprint', () => (printing.value = true));
window.addEventListener('afterprint', () => (printing.value = false));

export const usePrinting = () => printing;
