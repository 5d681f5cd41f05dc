// How shapes look. Colours are the tokens of the style sheet, read once a map is made.
import { getWidth } from 'ol/extent'
import type { FeatureLike } from 'ol/Feature'
import { Circle, Fill, Stroke, Style, Text } from 'ol/style'
import MultiPoint from 'ol/geom/MultiPoint'
import type Polygon from 'ol/geom/Polygon'
import type MultiPolygon from 'ol/geom/MultiPolygon'
import type { Layer } from './shapes'

const wide = 480 // px

export function makeStyles(chosen: () => string | undefined) {
  const css = getComputedStyle(document.documentElement)
  const token = (name: string) => css.getPropertyValue(`--${name}`).trim()
  const font = (weight: number) => `${weight} ${token('t-small')} ${token('font')}`
  const words = (color: string, weight: number) =>
    new Text({
      font: font(weight),
      fill: new Fill({ color }),
      stroke: new Stroke({ color: token('surface'), width: 3 }),
    })
  const look: Record<Layer, { style: Style; words: Text }> = {
    street: {
      style: new Style({ stroke: new Stroke({ color: token('ink'), width: 3 }) }),
      words: words(token('ink'), 600),
    },
    community: {
      style: new Style({ stroke: new Stroke({ color: token('ink-2'), width: 2 }) }),
      words: words(token('ink'), 600),
    },
    grid: {
      style: new Style({
        stroke: new Stroke({ color: token('accent'), width: 1, lineDash: [6, 4] }),
        fill: new Fill({ color: token('map-grid') }),
      }),
      words: words(token('accent-press'), 400),
    },
    building: {
      style: new Style({
        stroke: new Stroke({ color: token('ink-3'), width: 1 }),
        fill: new Fill({ color: token('map-building') }),
      }),
      words: words(token('ink'), 400),
    },
  }
  const picked = new Style({
    stroke: new Stroke({ color: token('map-chosen-line'), width: 3 }),
    fill: new Fill({ color: token('map-chosen') }),
    zIndex: 10,
  })
  const corner = new Circle({
    radius: 5,
    fill: new Fill({ color: token('surface') }),
    stroke: new Stroke({ color: token('map-chosen-line'), width: 2 }),
  })
  const line = new Style({
    stroke: new Stroke({ color: token('map-chosen-line'), width: 3 }),
    fill: new Fill({ color: token('map-chosen') }),
  })
  const corners = new Style({
    image: corner,
    geometry: (f) => {
      const g = f.getGeometry() as Polygon | MultiPolygon
      const rings =
        g.getType() === 'MultiPolygon' ? (g as MultiPolygon).getCoordinates().flat() : g.getCoordinates()
      return new MultiPoint((rings as number[][][]).flat())
    },
  })
  return {
    layer: (layer: Layer) => (f: FeatureLike, resolution: number) => {
      const { style, words } = look[layer]
      const s = (f.getId() === chosen() ? picked : style).clone()
      // so near that the places in it bear their own names: its name would take the room of the one in the middle
      const outer = layer === 'street' || layer === 'community'
      if (outer && getWidth(f.getGeometry()!.getExtent()) / resolution > wide) return s
      const text = words.clone()
      text.setText(String(f.get('name') ?? '')) // hidden by the map where the shape is too narrow for it
      s.setText(text)
      return s
    },
    drawn: [line, corners],
    sketch: [line, new Style({ image: corner })],
  }
}
