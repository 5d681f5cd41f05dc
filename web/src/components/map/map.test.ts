import { describe, expect, it } from 'vitest'
import { degrees, fromMap, mercator, toMap, type Point } from './proj'
import {
  boxFor,
  boxOf,
  fileOf,
  formatCoordinates,
  layerOf,
  mayDraw,
  mayImport,
  maySee,
  parseCoordinates,
  ringsOf,
  rounded,
  shapeOf,
  tops,
  touches,
  type Box,
  type Feature,
  type Shape,
} from './shapes'

const square = (x: number, y: number, side: number): Point[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
]
const feature = (id: string, shape: Shape, layer: Feature['properties']['layer'] = 'grid'): Feature => ({
  type: 'Feature',
  id,
  geometry: shape,
  properties: { layer, place: '990101001', name: `地${id}`, lon: 0, lat: 0, version: 3 },
})

describe('projections', () => {
  it.each([degrees, mercator] as const)('there and back through %s moves nothing by 1e-9 degrees', (crs) => {
    for (let lon = 73; lon <= 136; lon += 3.7) {
      for (let lat = 3; lat <= 54; lat += 2.9) {
        const [x, y] = fromMap(toMap([lon, lat], crs), crs)
        expect(Math.abs(x - lon)).toBeLessThan(1e-9)
        expect(Math.abs(y - lat)).toBeLessThan(1e-9)
      }
    }
  })
  it('agrees with the formula of Web Mercator', () => {
    const [x, y] = toMap([120.13, 30.23], mercator)
    expect(x).toBeCloseTo((120.13 / 180) * 20037508.342789244, 1)
    const by = (Math.log(Math.tan(Math.PI / 4 + (30.23 * Math.PI) / 360)) / Math.PI) * 20037508.342789244
    expect(Math.abs(y - by)).toBeLessThan(1) // the ellipsoids differ by less than a millimetre
  })
})

describe('coordinates as text', () => {
  it('are read whatever parts them, closed or not', () => {
    const want = shapeOf([square(82.9, 38.6, 0.5)])
    for (const text of [
      '82.9,38.6\n83.4,38.6\n83.4,39.1\n82.9,39.1',
      '82.9，38.6\r\n83.4\t38.6\n 83.4  39.1 \n82.9, 39.1\n82.9,38.6\n\n',
    ])
      expect(parseCoordinates(text)).toEqual({ shape: want })
  })
  it('go out and come back the same', () => {
    const shapes = [
      shapeOf([square(100, 30, 1)]),
      shapeOf([square(100, 30, 3), square(101, 31, 1)]),
      shapeOf([square(100, 30, 1), square(110, 30, 1)]),
    ]
    for (const s of shapes) expect(parseCoordinates(formatCoordinates(s)).shape).toEqual(s)
  })
  it.each([
    ['', 'few', 1],
    ['100,30\n101,30', 'few', 2],
    ['100,30\n101,30\n100,30', 'few', 3],
    ['100,30\n101,30\n101', 'pair', 3],
    ['100,30\n101,x\n101,31', 'pair', 2],
    ['100,30,5\n', 'pair', 1],
    ['30,100\n30,101\n31,101', 'swapped', 1],
    ['100,30\n200,30\n100,31', 'range', 2],
    ['12245143,3503549', 'range', 1],
  ])('%j is refused with its reason and line', (text, kind, line) => {
    expect(parseCoordinates(text)).toEqual({ wrong: { kind, line } })
  })
})

describe('shapes', () => {
  it('know holes, parts, and islands in holes', () => {
    const s = shapeOf([square(104, 34, 1), square(103, 33, 4), square(100, 30, 10), square(120, 30, 1)])
    expect(s.type).toBe('MultiPolygon')
    expect((s.coordinates as Point[][][]).map((part) => part.length)).toEqual([1, 2, 1])
    expect(ringsOf(s)).toHaveLength(4)
    for (const ring of (s.coordinates as Point[][][]).flat()) expect(ring.at(-1)).toEqual(ring[0])
  })
  it('have a box', () => {
    expect(boxOf([])).toBeUndefined()
    expect(boxOf([shapeOf([square(100, 30, 1)]), shapeOf([square(90, 40, 2)])])).toEqual([90, 30, 101, 42])
    expect(touches(feature('1', shapeOf([square(100, 30, 1)])), [101, 31, 102, 32])).toBe(true)
    expect(touches(feature('1', shapeOf([square(100, 30, 1)])), [101.1, 31, 102, 32])).toBe(false)
  })
  it('are rounded to a tenth of a millimetre', () => {
    expect(rounded([82.90000000012, 38.6])).toEqual([82.9, 38.6])
  })
})

describe('the box to ask for', () => {
  const view: Box = [100, 30, 101, 31]
  it('stays while the view is in it, and goes with it', () => {
    const first = boxFor(view)
    expect(first).toEqual([99.5, 29.5, 101.5, 31.5])
    expect(boxFor([100.3, 30.3, 101.3, 31.3], first)).toBe(first)
    expect(boxFor([101, 30, 102, 31], first)).not.toBe(first)
    expect(boxFor([100.5, 30.5, 100.6, 30.6], first)).not.toBe(first) // much nearer
  })
  it('ends at the edge of the world', () => {
    expect(boxFor([-180, -90, 180, 90])).toEqual([-180, -90, 180, 90])
  })
})

describe('files', () => {
  it('hold what is needed to read them in again', () => {
    const shape = shapeOf([square(100, 30, 1)])
    const file = JSON.parse(fileOf([feature('990101001001', shape), feature('b1', shape, 'building')]))
    expect(file.type).toBe('FeatureCollection')
    expect(file.features[0]).toEqual({
      type: 'Feature',
      id: '990101001001',
      geometry: shape,
      properties: { code: '990101001001', name: '地990101001001' },
    })
    expect(file.features[1]).toMatchObject({ id: 'b1', properties: { building: 'b1', place: '990101001' } })
  })
})

describe('rights', () => {
  const keeper = [{ role: 'keeper' as const, place: '990101001001' }]
  it('reach as far as the grant', () => {
    expect(mayDraw(keeper, '990101001001002')).toBe(true)
    expect(mayDraw(keeper, '990101001002')).toBe(false)
    expect(mayDraw([{ role: 'leader', place: '99' }], '990101001')).toBe(false)
    expect(mayDraw([{ role: 'staff', unit: 'u1' }], '990101001')).toBe(false)
    expect(mayDraw([{ role: 'admin', place: '990101' }], '990101001')).toBe(true)
    expect(mayImport([{ role: 'admin', place: '990101' }], '990101001')).toBe(false)
    expect([maySee(keeper), maySee([{ role: 'admin', place: '99' }])]).toEqual([true, false])
  })
  it('the places that lie in no other', () => {
    expect(tops(['990101001', '990101001001', '990102'])).toEqual(['990101001', '990102'])
    expect(layerOf('990101001001')).toBe('community')
    expect(layerOf('9901')).toBeUndefined()
  })
})
