import { Random } from "./random.js";

// All fictitious: the surnames mean "test" in several ways.
const FIRST_NAMES = ["Kari", "Ola", "Ingrid", "Lars", "Anne", "Per", "Nora", "Jonas", "Sara", "Emil"] as const;
const LAST_NAMES = ["Testesen", "Prøvestad", "Eksempel", "Mønster", "Modell", "Utkast", "Skisse", "Forsøk"] as const;
const STREETS = ["Prøveveien", "Testgata", "Eksempelstien", "Mønsterbakken"] as const;
const CITIES = [
  ["0155", "Oslo"],
  ["5003", "Bergen"],
  ["7011", "Trondheim"],
] as const;

/** A fictitious person. */
export function personOf(seed: number, index: number) {
  const random = new Random(seed + index);
  const [postalCode, cityName] = random.pick(CITIES);
  return {
    firstName: random.pick(FIRST_NAMES),
    lastName: random.pick(LAST_NAMES),
    street: `${random.pick(STREETS)} ${random.integer(1, 99)}`,
    postalCode,
    cityName,
    // No number in Norway begins with 000.
    phoneNo: String(index % 100_000).padStart(8, "0"),
  };
}
