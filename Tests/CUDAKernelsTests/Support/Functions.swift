#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

func expOf(_ x: Double) -> Double { exp(x) }
func logOf(_ x: Double) -> Double { log(x) }
func tanhOf(_ x: Double) -> Double { tanh(x) }
func erfcOf(_ x: Double) -> Double { erfc(x) }

func expAngle(_ x: Double) -> (cosine: Double, sine: Double) { (cos(x), sin(x)) }
