// Drawing and changing one line on the map. It speaks degrees and rounds; the state is its user's.
import Feature from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import type { Polygon } from 'ol/geom'
import Draw from 'ol/interaction/Draw'
import Modify from 'ol/interaction/Modify'
import Snap from 'ol/interaction/Snap'
import VectorLayer from 'ol/layer/Vector'
import VectorSource from 'ol/source/Vector'
import type { OfficeMap } from './olMap'
import { degrees, fromMap, type Point } from './proj'
import { rounded, tidy, type Shape } from './shapes'

export type Drawing = ReturnType<typeof startDrawing>

export function startDrawing(
  on: OfficeMap,
  says: {
    /** Corners set so far, of a line that is not closed yet. */
    sketch: (points: Point[]) => void
    /** The line is closed, or was changed. */
    shape: (shape: Shape) => void
  },
) {
  const { map } = on
  const crs = on.crs()
  const source = new VectorSource()
  const layer = new VectorLayer({ source, style: on.styles.drawn, zIndex: 20 })
  const options = { dataProjection: degrees, featureProjection: crs }
  const format = new GeoJSON()
  let draw: Draw | undefined
  let set = 0 // corners told last

  const modify = new Modify({ source, style: on.styles.sketch })
  const snaps = [on.sources.grid, on.sources.community, source].map(
    (s) => new Snap({ source: s, pixelTolerance: 10 }),
  )

  const shape = (): Shape | undefined => {
    const g = source.getFeatures()[0]?.getGeometry()
    if (!g) return undefined
    return tidy(format.writeGeometryObject(g, options) as Shape)
  }
  modify.on('modifyend', () => {
    const s = shape()
    if (s) says.shape(s)
  })

  // Snapping comes last, or it would not see the pointer first.
  function order() {
    snaps.forEach((s) => map.removeInteraction(s))
    map.removeInteraction(modify)
    if (draw) map.addInteraction(draw)
    else map.addInteraction(modify)
    snaps.forEach((s) => map.addInteraction(s))
  }

  function begin() {
    end()
    draw = new Draw({ source, type: 'Polygon', stopClick: true, style: on.styles.sketch })
    draw.on('drawstart', (e) => {
      set = 0
      const g = e.feature.getGeometry() as Polygon
      g.on('change', () => {
        // the last but one follows the pointer, the last closes the ring
        const ring = (g.getCoordinates()[0] ?? []).slice(0, -2)
        if (ring.length === set) return
        set = ring.length
        says.sketch(ring.map((p) => rounded(fromMap(p, crs))))
      })
    })
    draw.on('drawend', (e) => {
      const one = e.feature
      // the feature reaches its source after this event
      queueMicrotask(() => {
        end()
        source.clear()
        source.addFeature(one)
        order()
        const s = shape()
        if (s) says.shape(s)
      })
    })
    draw.on('drawabort', () => {
      set = 0
      says.sketch([])
    })
    order()
  }
  function end() {
    if (draw) map.removeInteraction(draw)
    draw = undefined
  }

  map.addLayer(layer)
  on.hush(true)
  return {
    /** Shows this line to be changed; without one, a new line is drawn. */
    put(to: Shape | undefined) {
      end()
      source.clear()
      if (!to) return begin()
      source.addFeature(new Feature(format.readGeometry(to, options) ?? undefined))
      order()
    },
    /** Takes the last corner back. */
    back: () => draw?.removeLastPoint(),
    finish: () => draw?.finishDrawing(),
    /** Throws the open line away and begins anew. */
    again: () => draw?.abortDrawing(),
    end() {
      end()
      snaps.forEach((s) => map.removeInteraction(s))
      map.removeInteraction(modify)
      map.removeLayer(layer)
      on.hush(false)
    },
  }
}
