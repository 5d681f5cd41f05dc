// Tiles of Tianditu behind the lines: only where the office has a key. In degrees and in Mercator they are different
// sets (c and w), so that nothing is bent on the way.
import TileLayer from 'ol/layer/Tile'
import { get } from 'ol/proj'
import WMTS from 'ol/source/WMTS'
import WMTSTileGrid from 'ol/tilegrid/WMTS'
import { mercator, type Crs } from './proj'

export const bases = ['none', 'vec', 'img'] as const
export type Base = (typeof bases)[number]
const sets: Record<Base, string[]> = { none: [], vec: ['vec', 'cva'], img: ['img'] }
const levels = Array.from({ length: 18 }, (_, i) => i + 1)

export const baseLayers = (base: Base, crs: Crs, key: string) =>
  key ? sets[base].map((name) => tiles(name, crs, key)) : []

function tiles(name: string, crs: Crs, key: string) {
  const set = crs === mercator ? 'w' : 'c'
  const extent = get(crs)!.getExtent()
  const wide = extent[2]! - extent[0]!
  return new TileLayer({
    zIndex: -1,
    source: new WMTS({
      url: `https://t{0-7}.tianditu.gov.cn/${name}_${set}/wmts?tk=${encodeURIComponent(key)}`,
      layer: name,
      matrixSet: set,
      format: 'tiles',
      style: 'default',
      version: '1.0.0',
      projection: crs,
      referrerPolicy: 'strict-origin-when-cross-origin', // the key is bound to the office's address
      tileGrid: new WMTSTileGrid({
        extent,
        origin: [extent[0]!, extent[3]!],
        resolutions: levels.map((z) => wide / 256 / 2 ** z),
        matrixIds: levels.map(String),
      }),
    }),
  })
}
