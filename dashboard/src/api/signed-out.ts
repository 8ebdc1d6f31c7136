import { ref, type Ref } from 'vue';

const times = ref(0);

/** Grows when the API says that nobody is signed in, whatever was asked: the session has ended meanwhile. */
export const signedOut: Readonly<Ref<number>> = times;

export function noteSignedOut(): void {
  times.value += 1;
}
