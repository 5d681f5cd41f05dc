/// <reference types="vite/client" />

/** True where the page of all building blocks exists: `npm run dev` and the tests of the frame. */
declare const __BLOCKS__: boolean
