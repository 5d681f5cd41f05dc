// The map on the screen: layers, view, what is clicked. Whoever uses it speaks degrees; it alone knows the projection.
import 'ol/ol.css'
import { containsXY, getArea } from 'ol/extent'
import type Feature from 'ol/Feature'
import GeoJSON from 'ol/format/GeoJSON'
import type Geometry from 'ol/geom/Geometry'
import { defaults as interactions } from 'ol/interaction/defaults'
import VectorLayer from 'ol/layer/Vector'
import VectorImageLayer from 'ol/layer/VectorImage'
import Map from 'ol/Map'
import { transformExtent } from 'ol/proj'
import ScaleLine from 'ol/control/ScaleLine'
import VectorSource from 'ol/source/Vector'
import View from 'ol/View'
import { baseLayers, type Base } from './base'
import { degrees, fromMap, toMap, type Crs, type Point } from './proj'
import { layers, type Box, type Feature as Sent, type Layer } from './shapes'
import { makeStyles } from './styles'

/** What is looked at: the middle, the zoom, and the box in degrees. */
export interface Seen {
  at: Point
  zoom: number
  box: Box
}
export type OfficeMap = ReturnType<typeof makeMap>

const china: Box = [73, 3, 136, 54]
const nearest = 21

export function makeMap(
  target: HTMLElement,
  crs: Crs,
  says: { moved: (seen: Seen) => void; picked: (id: string | undefined) => void },
) {
  let now = crs
  let chosen: string | undefined
  let quiet = false // while a line is drawn, clicks are its
  const sent = Object.fromEntries(layers.map((l) => [l, [] as Sent[]])) as Record<Layer, Sent[]>
  const styles = makeStyles(() => chosen)
  const sources = Object.fromEntries(layers.map((l) => [l, new VectorSource()])) as Record<
    Layer,
    VectorSource
  >
  // buildings are drawn once into a picture that is moved about: there are thousands
  const shown = Object.fromEntries(
    layers.map((l) => {
      const options = {
        source: sources[l],
        style: styles.layer(l),
        zIndex: 10 - layers.indexOf(l),
        declutter: true,
      }
      return [
        l,
        l === 'building' ? new VectorImageLayer({ ...options, imageRatio: 1.5 }) : new VectorLayer(options),
      ]
    }),
  ) as Record<Layer, VectorLayer | VectorImageLayer>

  const view = (of: Crs) => new View({ projection: of, maxZoom: nearest, constrainResolution: false })
  const map = new Map({
    target,
    layers: layers.map((l) => shown[l]),
    view: view(crs),
    interactions: interactions({ altShiftDragRotate: false, pinchRotate: false, doubleClickZoom: false }),
    controls: [new ScaleLine({ units: 'metric' })],
  })
  map.getView().fit(transformExtent(china, degrees, crs))

  const seen = (): Seen => {
    const v = map.getView()
    return {
      at: fromMap(v.getCenter()!, now),
      zoom: v.getZoom() ?? 0,
      box: transformExtent(v.calculateExtent(map.getSize()), now, degrees) as Box,
    }
  }
  map.on('moveend', () => map.getSize()?.every((n) => n > 0) && says.moved(seen()))
  map.on('click', (e) => !quiet && says.picked(hit(e.coordinate as Point)))

  /** The smallest thing at a point: a building before its grid, that before its community. */
  function hit(at: Point): string | undefined {
    for (const l of [...layers].reverse()) {
      if (!shown[l].getVisible()) continue
      const found = sources[l].getFeaturesAtCoordinate(at)
      const area = (f: Feature<Geometry>) => getArea(f.getGeometry()!.getExtent())
      const best = found.sort((a, b) => area(a) - area(b))[0]
      if (best) return String(best.getId())
    }
    return undefined
  }
  const read = (l: Layer) =>
    new GeoJSON().readFeatures(
      { type: 'FeatureCollection', features: sent[l] },
      { dataProjection: degrees, featureProjection: now },
    )
  function fill(l: Layer) {
    sources[l].clear(true)
    sources[l].addFeatures(read(l))
  }
  let base: Base = 'none'
  let key = ''
  let behind = baseLayers(base, now, key)
  function paper() {
    behind.forEach((l) => map.removeLayer(l))
    behind = baseLayers(base, now, key)
    behind.forEach((l) => map.addLayer(l))
  }

  return {
    map,
    sources,
    styles,
    crs: () => now,
    /** Puts shapes on a layer and says how many are there. */
    put(l: Layer, features: Sent[]): number {
      sent[l] = features
      fill(l)
      return sources[l].getFeatures().length
    },
    show: (l: Layer, on: boolean) => shown[l].setVisible(on),
    choose(id: string | undefined) {
      chosen = id
      layers.forEach((l) => shown[l].changed())
    },
    hush: (on: boolean) => (quiet = on),
    fit(box: Box) {
      map.getView().fit(transformExtent(box, degrees, now), { padding: [24, 24, 40, 24], maxZoom: 19 })
    },
    go(at: Point, zoom: number) {
      map.getView().setCenter(toMap(at, now))
      map.getView().setZoom(zoom)
    },
    /** Brings a box into view, unless it is well in sight. */
    reveal(box: Box) {
      const { box: b } = seen()
      const big = box[2] - box[0] > (b[2] - b[0]) / 4
      if (!big || !containsXY(b, box[0], box[1]) || !containsXY(b, box[2], box[3])) this.fit(box)
    },
    zoom(by: number) {
      const v = map.getView()
      v.animate({ zoom: Math.min(nearest, (v.getZoom() ?? 0) + by), duration: 120 })
    },
    /** Another projection: what was sent is projected anew, so that nothing wears off. */
    project(to: Crs) {
      if (to === now) return
      const { at, zoom } = seen()
      now = to
      map.setView(view(to))
      this.go(at, zoom)
      layers.forEach(fill)
      paper()
    },
    paper(to: Base, with_: string) {
      base = to
      key = with_
      paper()
    },
    seen,
    end: () => map.setTarget(undefined),
  }
}
