// @marcbachmann/cel-js uses these at once; browsers of the oldest version we serve (Chrome 88) lack them.
if (!Object.hasOwn)
  Object.defineProperty(Object, 'hasOwn', {
    value: (o: object, k: PropertyKey) => Object.prototype.hasOwnProperty.call(o, k),
    configurable: true,
    writable: true,
  })
if (!Array.prototype.at)
  Object.defineProperty(Array.prototype, 'at', {
    value(this: unknown[], i: number) {
      return this[i < 0 ? this.length + i : i]
    },
    configurable: true,
    writable: true,
  })
