// Shapes as they are kept: GeoJSON in degrees of CGCS2000. Nothing here knows of a map on a screen.
import type { components } from '@/api/schema'
import type { Point } from './proj'

type S = components['schemas']
export type Feature = S['Feature']
export type Collection = S['Collection']
export type Grant = S['Grant']
export type Place = S['Place']

export const layers = ['street', 'community', 'grid', 'building'] as const
export type Layer = (typeof layers)[number]
export type Borders = Exclude<Layer, 'building'>

/** The layer of a place, by the length of its code. */
export const layerOf = (code: string): Borders | undefined =>
  (({ 9: 'street', 12: 'community', 15: 'grid' }) as Record<number, Borders>)[code.length]

export type Shape =
  { type: 'Polygon'; coordinates: Point[][] } | { type: 'MultiPolygon'; coordinates: Point[][][] }

/** A box in degrees: west, south, east, north. */
export type Box = [number, number, number, number]

/** Whose borders somebody may draw, and read from a file: the server says the same of whoever asks. */
export const mayDraw = (grants: Grant[], code: string) => has(grants, code, ['keeper', 'admin'])
export const mayImport = (grants: Grant[], code: string) => has(grants, code, ['keeper'])
/** Only these see what is in the ledger, and so what lies inside a line. */
export const maySee = (grants: Grant[]) =>
  grants.some((g) => ['keeper', 'clerk', 'leader', 'auditor'].includes(g.role))
const has = (grants: Grant[], code: string, roles: string[]) =>
  grants.some((g) => !g.unit && roles.includes(g.role) && code.startsWith(g.place ?? ''))

/** Places that are in no other of them. */
export const tops = (codes: string[]) =>
  codes.filter((c) => !codes.some((other) => other !== c && c.startsWith(other)))

// A tenth of a millimetre: more would be noise of computing.
const round = (n: number) => Math.round(n * 1e9) / 1e9
export const rounded = ([x, y]: Point): Point => [round(x), round(y)]
const same = (a?: Point, b?: Point) => a && b && a[0] === b[0] && a[1] === b[1]

/** The rings of a shape, without the point that closes each. */
export function ringsOf(shape: Shape): Point[][] {
  const all = shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()
  return all.map((ring) => (same(ring[0], ring.at(-1)) ? ring.slice(0, -1) : ring))
}

/** The shape of rings: one that lies inside another is a hole in it, one inside a hole an island. */
export function shapeOf(rings: Point[][]): Shape {
  const around = (ring: Point[]) => rings.filter((o) => o !== ring && inside(ring[0]!, o))
  const closed = (ring: Point[]) => [...ring, ring[0]!]
  const parts = rings
    .filter((ring) => around(ring).length % 2 === 0)
    .map((outer) => [
      closed(outer),
      ...rings
        .filter((r) => around(r).includes(outer) && around(r).length === around(outer).length + 1)
        .map(closed),
    ])
  return parts.length === 1
    ? { type: 'Polygon', coordinates: parts[0]! }
    : { type: 'MultiPolygon', coordinates: parts }
}

/** Whether a point lies inside a ring. */
export function inside([x, y]: Point, ring: Point[]): boolean {
  let odd = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[j]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd
  }
  return odd
}

export type Wrong = { kind: 'pair' | 'range' | 'swapped' | 'few'; line: number }

/** The same shape, rounded: what is shown as text is what is drawn. */
export const tidy = (shape: Shape) => shapeOf(ringsOf(shape).map((ring) => ring.map(rounded)))

/** Reads "lon,lat" lines; an empty line begins another ring. A comma of either width, a tab or blanks part the two. */
export function parseCoordinates(text: string): { shape?: Shape; wrong?: Wrong } {
  const rings: Point[][] = []
  let ring: Point[] = []
  let line = 0
  let wrong: Wrong | undefined
  const close = () => {
    if (ring.length === 0) return
    if (same(ring[0], ring.at(-1)) && ring.length > 1) ring.pop()
    if (ring.length < 3) wrong ??= { kind: 'few', line }
    rings.push(ring)
    ring = []
  }
  for (const raw of text.replace(/\s+$/, '').split(/\r?\n/)) {
    line++
    const words = raw.trim().split(/\s*[,，;；]\s*|\s+/)
    if (raw.trim() === '') {
      close()
      continue
    }
    const [x, y] = words.map((w) => (w === '' ? NaN : Number(w)))
    if (words.length !== 2 || !Number.isFinite(x) || !Number.isFinite(y))
      return { wrong: { kind: 'pair', line } }
    const fits = (lon: number, lat: number) => lon >= 73 && lon <= 136 && lat >= 3 && lat <= 54
    if (!fits(x!, y!)) return { wrong: { kind: fits(y!, x!) ? 'swapped' : 'range', line } }
    const p = rounded([x!, y!])
    if (!same(p, ring.at(-1))) ring.push(p)
  }
  close()
  if (rings.length === 0) return { wrong: { kind: 'few', line } }
  return wrong ? { wrong } : { shape: shapeOf(rings) }
}

/** The same, the other way round. */
export const formatCoordinates = (shape: Shape) =>
  ringsOf(shape)
    .map((ring) => ring.map((p) => p.join(',')).join('\n'))
    .join('\n\n')

/** The box around shapes; undefined around none. */
export function boxOf(shapes: Shape[]): Box | undefined {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of shapes.flatMap(ringsOf).flat()) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return west <= east ? [west, south, east, north] : undefined
}

const within = (a: Box, b: Box) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3]
const size = (b: Box) => (b[2] - b[0]) * (b[3] - b[1])

/**
 * The box to ask for: half a screen more on each side than is seen, so that small moves ask nothing. What is loaded
 * stays, unless the view leaves it or has come so near that less would do.
 */
export function boxFor(view: Box, loaded?: Box): Box {
  if (loaded && within(view, loaded) && size(loaded) < size(view) * 40) return loaded
  const [w, h] = [(view[2] - view[0]) / 2, (view[3] - view[1]) / 2]
  const clip = (n: number, most: number) => Math.max(-most, Math.min(most, Math.round(n * 1e6) / 1e6))
  return [clip(view[0] - w, 180), clip(view[1] - h, 90), clip(view[2] + w, 180), clip(view[3] + h, 90)]
}

/** Whether something of a shape may be seen in a view. */
export function touches(f: Feature, view: Box): boolean {
  const b = boxOf([f.geometry as Shape])
  return Boolean(b && b[0] <= view[2] && b[2] >= view[0] && b[1] <= view[3] && b[3] >= view[1])
}

/** A GeoJSON file (RFC 7946) that any mapping program reads, and that can be read in again. */
export const fileOf = (features: Feature[]) =>
  JSON.stringify(
    {
      type: 'FeatureCollection',
      features: features.map((f) => ({
        type: 'Feature',
        id: f.id,
        geometry: f.geometry,
        properties: {
          ...(f.properties.layer === 'building'
            ? { building: f.id, address: f.properties.address, place: f.properties.place }
            : { code: f.id }),
          name: f.properties.name,
        },
      })),
    },
    null,
    1,
  )
