// The projections of the map. What is kept and sent is degrees of CGCS2000 (EPSG:4490), whatever the map shows.
import { get, transform } from 'ol/proj'
import { register } from 'ol/proj/proj4'
import proj4 from 'proj4'

export const degrees = 'EPSG:4490'
export const mercator = 'EPSG:3857'
export type Crs = typeof degrees | typeof mercator

proj4.defs(degrees, '+proj=longlat +ellps=GRS80 +no_defs +type=crs')
register(proj4)
// with its extent known, zoom levels are those of the tiles that there are for it
get(degrees)?.setExtent([-180, -90, 180, 90])

export type Point = [number, number]

export const toMap = (p: Point, crs: Crs) => transform(p, degrees, crs) as Point
export const fromMap = (p: number[], crs: Crs) => transform(p, crs, degrees) as Point
