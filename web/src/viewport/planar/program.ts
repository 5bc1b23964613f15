// A linked shader program of the WebGL renderer, with its uniforms by name.
import { UNITS, VERTEX_SHADER } from "./shaders";

export class Program {
  private readonly handle: WebGLProgram;
  private readonly places = new Map<string, WebGLUniformLocation | null>();

  /** Throws where the driver does not take the shader. */
  constructor(
    private readonly gl: WebGL2RenderingContext,
    fragment: string,
  ) {
    this.handle = link(gl, fragment);
  }

  /** Makes it the one that draws; its samplers read from the units of their names. */
  use(): void {
    const { gl } = this;
    // biome-ignore lint/correctness/useHookAtTopLevel: a function of WebGL, not of React
    gl.useProgram(this.handle);
    for (const [name, unit] of Object.entries(UNITS)) gl.uniform1i(this.at(name), unit);
  }

  integer(name: string, value: number | boolean): void {
    this.gl.uniform1i(this.at(name), Number(value));
  }

  integers(name: string, x: number, y: number): void {
    this.gl.uniform2i(this.at(name), x, y);
  }

  float(name: string, value: number): void {
    this.gl.uniform1f(this.at(name), value);
  }

  floats(name: string, x: number, y: number): void {
    this.gl.uniform2f(this.at(name), x, y);
  }

  private at(name: string): WebGLUniformLocation | null {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const place = this.gl.getUniformLocation(this.handle, name);
    this.places.set(name, place);
    return place;
  }
}

function link(gl: WebGL2RenderingContext, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX_SHADER],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (shader === null) throw new Error("no shader");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    gl.deleteShader(shader); // goes with the program
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true)
    throw new Error(gl.getProgramInfoLog(program) ?? "shader does not link");
  return program;
}
